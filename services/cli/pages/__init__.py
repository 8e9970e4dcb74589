"""What is generated for people and for deployments: from the code, so that it cannot say otherwise."""
