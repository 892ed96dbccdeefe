/** Which version of a component runs. Until now that was the newest. */
export const publishedComponents = `
CREATE TABLE onceflow.published_components (
  tenant text NOT NULL,
  id text NOT NULL,
  version integer NOT NULL,
  published_at bigint NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, id, version) REFERENCES onceflow.components (tenant, id, version)
);

INSERT INTO onceflow.published_components (tenant, id, version, published_at)
SELECT DISTINCT ON (tenant, id) tenant, id, version, stored_at
FROM onceflow.components
ORDER BY tenant, id, version DESC;
`;
