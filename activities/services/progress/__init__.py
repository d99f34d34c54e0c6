"""How campaigns, phases, departments and matters go on."""
