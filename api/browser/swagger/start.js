// Without validatorUrl the page would ask another host whether the document is right.
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#routes",
  validatorUrl: null,
  deepLinking: true,
});
