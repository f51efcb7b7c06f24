/** Configuration, validated as a whole; start at {@link io.facedrop.config.SettingsReader}. */
package io.facedrop.config;
