namespace PrivacyFunctions.Tests.Infra;

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
