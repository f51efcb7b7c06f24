/**
 * Manifests that are expected again and again: which, by when, on which days. It knows no other
 * package.
 */
package io.facedrop.expect;
