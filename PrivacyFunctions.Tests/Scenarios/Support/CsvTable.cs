namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>Reads a table of a package as another program does (RFC 4180), and not by what wrote it.</summary>
internal static class CsvTable
{
    /// <summary>Its rows, each by the titles of the columns.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string text)
    {
        var rows = Lines(text.TrimStart('\uFEFF')).ToList();
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    private static IEnumerable<List<string>> Lines(string text)
    {
        var (row, cell, isQuoted) = (new List<string>(), "", false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"') cell += text[++i];
            else if (text[i] == '"') isQuoted = !isQuoted;
            else if (isQuoted || text[i] is not (',' or '\r' or '\n')) cell += text[i];
            else if (text[i] is ',' or '\n')
            {
                row.Add(cell);
                cell = "";
                if (text[i] == ',') continue;
                yield return row;
                row = [];
            }
        }
    }
}
