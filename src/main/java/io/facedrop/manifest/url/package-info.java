/**
 * Image URLs, and which of them are accepted; start at {@link io.facedrop.manifest.url.UrlRule}.
 */
package io.facedrop.manifest.url;
