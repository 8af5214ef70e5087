namespace PrivacyFunctions.Tests.Infra;

/// <summary>What the compiler would say of a file and the modules it uses.</summary>
internal static class BicepModules
{
    /// <param name="files">The files by their paths, "/" between the parts.</param>
    /// <param name="path">The path of the file that uses the modules.</param>
    public static IEnumerable<string> Mistakes(IReadOnlyDictionary<string, BicepFile> files, string path)
    {
        var modules = files[path].Of("module").ToDictionary(one => one.Name, one => Beside(path, one.Path));
        foreach (var module in files[path].Of("module"))
        {
            if (!files.TryGetValue(modules[module.Name], out var target))
            {
                yield return $"module '{module.Name}' is not there: {module.Path}";
                continue;
            }

            var given = module.Keys("params");
            foreach (var missing in target.Of("param").Where(one => one.IsRequired && !given.Contains(one.Name)))
                yield return $"module '{module.Name}' needs '{missing.Name}'";
            foreach (var unknown in given.Where(name => !target.Of("param").Any(one => one.Name == name)))
                yield return $"module '{module.Name}' has no parameter '{unknown}'";
        }

        foreach (var (module, output) in files[path].Declarations.SelectMany(OutputsUsed))
            if (modules.TryGetValue(module, out var of) && files.TryGetValue(of, out var target)
                && !target.Of("output").Any(one => one.Name == output))
                yield return $"module '{module}' has no output '{output}'";
    }

    // Modules lie below the file that uses them.
    private static string Beside(string path, string relative) => path[..(path.LastIndexOf('/') + 1)] + relative;

    private static IEnumerable<(string Module, string Output)> OutputsUsed(Declaration one)
    {
        var tokens = one.Body;
        for (var i = 0; i + 4 < tokens.Count; i++)
            if (tokens[i + 1].Is(".") && tokens[i + 2].IsWord("outputs") && tokens[i + 3].Is("."))
                yield return (tokens[i].Value, tokens[i + 4].Value);
    }
}
