"""The five services, the chassis that they stand on, and the command line above them."""
