package io.facedrop.publish.report;

/**
 * A face to show.
 *
 * @param line of the row in the manifest
 * @param imageUrl absolute http or https address of the image it was found in; empty when it is
 *     none
 * @param id in the API's answer
 * @param link absolute http or https address of the face
 */
public record Face(long line, String imageUrl, String id, String link) {}
