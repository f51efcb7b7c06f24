/** The dialect and file of the ledger: SQLite. Another database would get a room like this one. */
package io.facedrop.ledger.sqlite;
