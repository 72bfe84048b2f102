"""V6: no level rule and no definition of a term that others cover between them."""
