package ndoe.controller.web;

/** What a visitor may do. */
enum Role {
  VIEW,
  CONTROL
}
