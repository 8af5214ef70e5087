namespace PrivacyFunctions.Tests.Infra;

/// <summary>One statement of a Bicep file.</summary>
/// <param name="Kind"><c>param</c>, <c>var</c>, <c>type</c>, <c>resource</c>, <c>module</c>, <c>output</c>, or what says nothing of
/// names: <c>targetScope</c>, <c>metadata</c>.</param>
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
        var start = property is null ? 0 : Enumerable.Range(0, Body.Count).First(i => Body[i].IsWord(property) && IsKey(Body, i));
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

/// <summary>A Bicep file, read as far as names, references and properties go.</summary>
internal sealed class BicepFile
{
    private static readonly string[] Kinds =
        ["param", "var", "type", "resource", "module", "output", "targetScope", "metadata"];

    private BicepFile(IReadOnlyList<Declaration> declarations) => Declarations = declarations;

    public IReadOnlyList<Declaration> Declarations { get; }

    /// <exception cref="BicepException">It cannot be read.</exception>
    public static BicepFile Read(string text)
    {
        var declarations = new List<Declaration>();
        var notes = new List<Token>();
        foreach (var statement in Statements(BicepTokens.Of(text)))
        {
            if (statement[0].Is("@")) notes.AddRange(statement);
            else
            {
                declarations.Add(Declare(statement, notes));
                notes = [];
            }
        }

        return new(declarations);
    }

    public IEnumerable<Declaration> Of(string kind) => Declarations.Where(one => one.Kind == kind);

    // A statement ends with a line, unless brackets are open.
    private static IEnumerable<List<Token>> Statements(IReadOnlyList<Token> tokens)
    {
        var (statement, depth) = (new List<Token>(), 0);
        foreach (var token in tokens)
        {
            if (token.Kind is TokenKind.Symbol && token.Value is "{" or "[" or "(" or "${") depth++;
            if (token.Kind is TokenKind.Symbol && token.Value is "}" or "]" or ")") depth--;
            if (token.Kind is not TokenKind.LineEnd || depth > 0) statement.Add(token);
            else if (statement.Count > 0)
            {
                yield return statement;
                statement = [];
            }
        }
    }

    private static Declaration Declare(List<Token> statement, List<Token> notes)
    {
        var kind = statement[0].Value;
        if (!Kinds.Contains(kind)) throw new BicepException($"line {statement[0].Line}: '{kind}' begins no statement");
        var named = statement.Count > 1 && statement[1].Kind is TokenKind.Word;
        var equals = statement.FindIndex(token => token.Is("="));
        var typeEnd = equals < 0 ? statement.Count : equals;
        return new(
            kind,
            named ? statement[1].Value : "",
            [.. Enumerable.Range(0, Math.Max(0, notes.Count - 1)).Where(i => notes[i].Is("@")).Select(i => notes[i + 1].Value)],
            statement[(named ? 2 : 1)..typeEnd],
            equals < 0 ? [] : statement[(equals + 1)..],
            notes);
    }
}
