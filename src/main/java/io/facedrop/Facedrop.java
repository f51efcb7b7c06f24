package io.facedrop;

public final class Facedrop {
  private Facedrop() {}

  public static void main(String[] args) {}
}
