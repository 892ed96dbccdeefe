/** What every function that a statement calls is made with: nobody's objects come before PostgreSQL's own. */
export const functionSettings = "SET search_path = pg_catalog, pg_temp";
