/** Several nodes on one PostgreSQL ledger, and what befalls them. */
package io.facedrop.nodes;
