"""What happened to a task: operations, DDL, rejected rows, changes of parameters, figures over time."""
