// What the node answers about access.
