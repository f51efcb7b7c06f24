/** The dialect of a ledger on a PostgreSQL server: its schema, its connections and its words. */
package io.facedrop.ledger.postgres;
