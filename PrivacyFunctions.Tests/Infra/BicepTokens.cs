namespace PrivacyFunctions.Tests.Infra;

internal enum TokenKind
{
    Word,
    Text,
    Symbol,
    LineEnd,
}

/// <summary>
/// One token of Bicep. The text of a string has <c>…</c> where something is put in; what is put in follows as tokens between
/// <c>${</c> and <c>}</c>.
/// </summary>
internal sealed record Token(TokenKind Kind, string Value, int Line)
{
    public bool Is(string symbol) => Kind is TokenKind.Symbol && Value == symbol;

    public bool IsWord(string word) => Kind is TokenKind.Word && Value == word;
}

/// <summary>A mistake that a file cannot be read with.</summary>
internal sealed class BicepException(string mistake) : Exception(mistake);

/// <summary>
/// Cuts Bicep into tokens, without comments. Knows what infra/ uses: no multi-line strings, no directives but those in comments.
/// </summary>
internal sealed class BicepTokens(string text)
{
    private static readonly string[] LongSymbols = ["=>", "==", "!=", "<=", ">=", "&&", "||", "??", ".?"];

    private readonly List<Token> tokens = [];
    private readonly Stack<Token> open = [];
    private int at;
    private int line = 1;

    /// <exception cref="BicepException">A string is not ended, or the brackets do not balance.</exception>
    public static IReadOnlyList<Token> Of(string text) => new BicepTokens(text).Read();

    private char Here => at < text.Length ? text[at] : '\0';

    private List<Token> Read()
    {
        while (at < text.Length) ReadOne();
        if (open.TryPeek(out var left)) throw new BicepException($"line {left.Line}: '{left.Value}' is never closed");
        Add(TokenKind.LineEnd, "\n");
        return tokens;
    }

    private void ReadOne()
    {
        if (Here == '\n')
        {
            Add(TokenKind.LineEnd, "\n");
            line++;
            at++;
        }
        else if (char.IsWhiteSpace(Here)) at++;
        else if (Ahead("//")) at = LineEndFrom(at);
        else if (Here == '\'') ReadText();
        else if (char.IsLetterOrDigit(Here) || Here == '_') ReadWord();
        else ReadSymbol();
    }

    private bool Ahead(string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private int LineEndFrom(int start) => text.IndexOf('\n', start) is var end and >= 0 ? end : text.Length;

    private void ReadWord()
    {
        var start = at;
        while (char.IsLetterOrDigit(Here) || Here == '_') at++;
        Add(TokenKind.Word, text[start..at]);
    }

    private void ReadSymbol()
    {
        var symbol = Array.Find(LongSymbols, Ahead) ?? Here.ToString();
        Add(TokenKind.Symbol, symbol);
        at += symbol.Length;
        if (symbol is "(" or "[" or "{") open.Push(tokens[^1]);
        else if (symbol is ")" or "]" or "}") Close(symbol);
    }

    private void Close(string symbol)
    {
        var opened = open.TryPop(out var token) ? token.Value : "nothing";
        if ((opened, symbol) is not (("(", ")") or ("[", "]") or ("{", "}") or ("${", "}")))
            throw new BicepException($"line {line}: '{symbol}' closes {opened}");
    }

    private void ReadText()
    {
        var (words, first, start) = (new System.Text.StringBuilder(), tokens.Count, line);
        for (at++; Here != '\''; at++)
        {
            if (Here is '\0' or '\n') throw new BicepException($"line {start}: a string is not ended");
            if (Here == '\\') at++;
            if (text[at - 1] != '\\' && Ahead("${"))
            {
                words.Append('…');
                ReadPutIn();
            }
            else words.Append(Here);
        }

        at++;
        tokens.Insert(first, new(TokenKind.Text, words.ToString(), start));
    }

    // Leaves the position at the closing brace.
    private void ReadPutIn()
    {
        Add(TokenKind.Symbol, "${");
        open.Push(tokens[^1]);
        var depth = open.Count;
        at += 2;
        while (open.Count >= depth)
        {
            if (at >= text.Length) throw new BicepException($"line {line}: '${{' is never closed");
            ReadOne();
        }

        at--;
    }

    private void Add(TokenKind kind, string value) => tokens.Add(new(kind, value, line));
}
