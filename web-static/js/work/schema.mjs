/** As much of JSON Schema as the checkpoints' schemas use. Returns faults with their place; the server checks all again. */

const most = 100; // faults: whoever has more has a different problem

export function faultsOf(value, schema, root = schema, place = "", faults = []) {
  if (!schema || schema === true || faults.length >= most) return faults;
  if (schema.$ref) return faultsOf(value, at(root, schema.$ref), root, place, faults);
  for (const choice of ["anyOf", "oneOf"]) {
    if (!schema[choice]) continue;
    const tries = schema[choice].map((each) => faultsOf(value, each, root, place, []));
    if (!tries.some((each) => each.length === 0)) faults.push(...tries.sort((a, b) => a.length - b.length)[0]);
  }
  for (const each of schema.allOf ?? []) faultsOf(value, each, root, place, faults);
  const say = (message) => faults.push({ place: place || "(the whole)", message });
  if (schema.const !== undefined && schema.const !== value) say(`must be ${JSON.stringify(schema.const)}`);
  if (schema.enum && !schema.enum.includes(value)) say(`must be one of ${schema.enum.join(", ")}`);
  if (schema.type && ![schema.type].flat().some((type) => isOf(value, type))) {
    say(`is ${kindOf(value)}, not ${[schema.type].flat().join(" or ")}`);
    return faults;
  }
  if (typeof value === "number") {
    if (schema.minimum !== undefined && value < schema.minimum) say(`is below ${schema.minimum}`);
    if (schema.maximum !== undefined && value > schema.maximum) say(`is above ${schema.maximum}`);
  }
  if (typeof value === "string" && schema.pattern && !new RegExp(schema.pattern, "u").test(value)) say(`does not look like ${schema.pattern}`);
  if (Array.isArray(value)) {
    if (schema.maxItems !== undefined && value.length > schema.maxItems) say(`has more than ${schema.maxItems} items`);
    if (schema.minItems !== undefined && value.length < schema.minItems) say(`has fewer than ${schema.minItems} items`);
    for (let index = 0; index < value.length && faults.length < most; index += 1) faultsOf(value[index], schema.items, root, `${place}/${index}`, faults);
  } else if (value !== null && typeof value === "object") {
    object(value, schema, root, place, faults, say);
  }
  return faults;
}

function object(value, schema, root, place, faults, say) {
  for (const name of schema.required ?? []) if (!(name in value)) say(`lacks "${name}"`);
  for (const [name, member] of Object.entries(value)) {
    const known = schema.properties?.[name];
    if (known) faultsOf(member, known, root, `${place}/${name}`, faults);
    else if (schema.additionalProperties === false && !matches(schema, name)) say(`has no member "${name}"`);
    else if (typeof schema.additionalProperties === "object") faultsOf(member, schema.additionalProperties, root, `${place}/${name}`, faults);
  }
}

const matches = (schema, name) => Object.keys(schema.patternProperties ?? {}).some((pattern) => new RegExp(pattern, "u").test(name));
const kindOf = (value) => (value === null ? "null" : Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value);
const isOf = (value, type) => kindOf(value) === type || (type === "number" && typeof value === "number");
const at = (root, reference) => reference.replace(/^#\//, "").split("/").reduce((node, part) => node?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], root);

/** The part of a checkpoint's schema that describes its payload. A stage with a part per page has two kinds: the document's first, then a page's. */
export const payloadSchema = (schema, isPage = false) => {
  const find = (node) => {
    if (!node || typeof node !== "object") return undefined;
    if (node.properties?.payload) return node.properties.payload;
    const kinds = isPage ? [...(node.oneOf ?? [])].reverse() : node.oneOf ?? [];
    for (const each of [...(node.anyOf ?? []), ...kinds, ...(node.allOf ?? [])]) {
      const found = find(each.$ref ? at(schema, each.$ref) : each);
      if (found) return found;
    }
    return node.$ref ? find(at(schema, node.$ref)) : undefined;
  };
  return find(schema);
};
