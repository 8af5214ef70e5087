namespace PrivacyFunctions.Tests.Infra;

/// <summary>One statement of a Bicep file.</summary>
/// <param name="Kind"><c>param</c>, <c>var</c>, <c>type</c>, <c>resource</c>, <c>module</c>, <c>output</c>, or, naming
/// nothing, <c>targetScope</c>, <c>metadata</c>.</param>
/// <param name="Name">The symbolic name.</param>
/// <param name="Decorators">The names of its decorators.</param>
/// <param name="Type">What stands between the name and "=": the type, or the path of a module.</param>
/// <param name="Body">What stands after "=".</param>
/// <param name="Notes">The tokens of its decorators.</param>
internal sealed record Declaration(
    string Kind,
    string Name,
    IReadOnlyList<string> Decorators,
    IReadOnlyList<Token> Type,
    IReadOnlyList<Token> Body,
    IReadOnlyList<Token> Notes)
{
    public string Path => Type.FirstOrDefault(token => token.Kind is TokenKind.Text)?.Value ?? "";

    public bool IsSecure => Decorators.Contains("secure");

    public bool HasDefault => Kind == "param" && Body.Count > 0;

    public bool IsRequired => Kind == "param" && Body.Count == 0 && !Type.Any(token => token.Is("?"));

    /// <summary>The values of every property of that name, at any depth, as tokens up to the end of the line.</summary>
    public IEnumerable<IReadOnlyList<Token>> Values(string property) =>
        from i in Enumerable.Range(0, Body.Count)
        where Body[i].IsWord(property) && IsKey(Body, i)
        select Body.Skip(i + 2).TakeWhile(token => token.Kind is not TokenKind.LineEnd).ToList();

    /// <summary>The keys of the object that a property holds, or of the body itself when none is named.</summary>
    public IReadOnlyList<string> Keys(string? property = null)
    {
        var start = property is null ? 0 : Body.TakeWhile((token, i) => !(token.IsWord(property) && IsKey(Body, i))).Count();
        var (keys, depth) = (new List<string>(), 0);
        for (var i = start; i < Body.Count; i++)
        {
            if (Body[i].Value is "{" or "[" or "(" or "${" && Body[i].Kind is TokenKind.Symbol) depth++;
            if (Body[i].Value is "}" or "]" or ")" && Body[i].Kind is TokenKind.Symbol && --depth == 0) break;
            if (depth == 1 && IsKey(Body, i)) keys.Add(Body[i].Value);
        }

        return keys;
    }

    /// <summary>Whether a token is a key of an object: it opens an item and ":" follows it.</summary>
    public static bool IsKey(IReadOnlyList<Token> tokens, int i) =>
        tokens[i].Kind is TokenKind.Word or TokenKind.Text
        && i > 0 && (tokens[i - 1].Kind is TokenKind.LineEnd || tokens[i - 1].Is("{") || tokens[i - 1].Is(","))
        && i + 1 < tokens.Count && tokens[i + 1].Is(":");
}
