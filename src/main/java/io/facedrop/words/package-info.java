/** Words that all packages share; knows no other package. */
package io.facedrop.words;
