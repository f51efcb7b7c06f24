/** What an operator asks and orders, whether from the terminal or from the page. */
package io.facedrop.operator;
