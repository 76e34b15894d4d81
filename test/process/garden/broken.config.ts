throw new Error("this config is broken");
