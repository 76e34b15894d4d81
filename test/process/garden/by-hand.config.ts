export default { modules: {} };
