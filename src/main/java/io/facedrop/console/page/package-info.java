/** What an operator sees in a browser: how it stands, a batch, a row. */
package io.facedrop.console.page;
