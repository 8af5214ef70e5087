namespace PrivacyFunctions.Tests.Infra;

/// <summary>What the compiler would say of names in one file: declared once, known where they are used, and used.</summary>
internal static class BicepNames
{
    private static readonly HashSet<string> Functions =
    [
        "allowed", "description", "maxLength", "maxValue", "metadata", "minLength", "minValue", "onlyIfNotExists", "secure",
        "empty", "environment", "guid", "items", "loadJsonContent", "resourceGroup", "subscription", "subscriptionResourceId",
        "tenant", "toLower", "toObject", "union", "uniqueString",
    ];

    private static readonly HashSet<string> NoNames =
        ["true", "false", "null", "for", "in", "if", "existing", "string", "int", "bool", "object", "array"];

    public static IEnumerable<string> Mistakes(BicepFile file)
    {
        var known = file.Declarations.Where(one => one.Kind is not ("output" or "metadata" or "targetScope")).ToList();
        foreach (var twice in known.GroupBy(one => one.Name).Where(group => group.Count() > 1))
            yield return $"'{twice.Key}' is declared {twice.Count()} times";

        var used = new HashSet<string>();
        foreach (var one in file.Declarations)
            foreach (var word in References(one))
            {
                if (known.Exists(other => other.Name == word.Value)) used.Add(word.Value);
                else yield return $"line {word.Line}: '{word.Value}' is not declared";
            }

        foreach (var param in file.Of("param").Where(one => !one.Decorators.Contains("description")))
            yield return $"param '{param.Name}' is not described";
        foreach (var one in known.Where(one => MustBeUsed(one) && !used.Contains(one.Name)))
            yield return $"{one.Kind} '{one.Name}' is never used";
    }

    /// <summary>The words that name a declaration, a local name or a built-in function left out.</summary>
    public static IEnumerable<Token> References(Declaration one)
    {
        foreach (var tokens in new[] { one.Notes, one.Type, one.Body })
        {
            var locals = Locals(tokens);
            for (var i = 0; i < tokens.Count; i++)
                if (tokens[i].Kind is TokenKind.Word
                    && !char.IsDigit(tokens[i].Value[0])
                    && !NoNames.Contains(tokens[i].Value)
                    && !locals.Contains(tokens[i].Value)
                    && !IsMember(tokens, i)
                    && !Declaration.IsKey(tokens, i)
                    && !IsTypedProperty(one, tokens, i)
                    && !IsCall(tokens, i))
                    yield return tokens[i];
        }
    }

    private static HashSet<string> Locals(IReadOnlyList<Token> tokens) =>
    [
        .. from i in Enumerable.Range(0, tokens.Count)
           where (i > 0 && tokens[i - 1].IsWord("for")) || (i + 1 < tokens.Count && tokens[i + 1].Is("=>"))
           select tokens[i].Value,
    ];

    private static bool MustBeUsed(Declaration one) =>
        one.Kind is "param" or "var" or "type" || one.Type.Any(token => token.IsWord("existing"));

    private static bool IsMember(IReadOnlyList<Token> tokens, int i) =>
        i > 0 && (tokens[i - 1].Is(".") || tokens[i - 1].Is(".?"));

    private static bool IsTypedProperty(Declaration one, IReadOnlyList<Token> tokens, int i) =>
        one.Kind == "type" && i + 1 < tokens.Count && tokens[i + 1].Is(":");

    private static bool IsCall(IReadOnlyList<Token> tokens, int i) =>
        Functions.Contains(tokens[i].Value) && i + 1 < tokens.Count && tokens[i + 1].Is("(");
}
