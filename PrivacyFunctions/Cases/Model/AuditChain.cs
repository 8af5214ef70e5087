using System.Security.Cryptography;
using System.Text;

namespace PrivacyFunctions.Cases.Model;

/// <summary>
/// The SHA-256 chain over a case's audit rows: each row's hash covers its predecessor's hash, its sequence number and its
/// content to the byte, so that no row can be changed, left out, added or moved without the head showing it.
/// </summary>
public static class AuditChain
{
    /// <summary>What the first row names as its predecessor.</summary>
    public const string Root = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The hash of a row, in lower-case hexadecimal.</summary>
    public static string Next(string previous, int sequence, string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{previous}\n{sequence}\n{content}")));

    /// <summary>Checks the rows against the head that the state row holds.</summary>
    /// <param name="rows">All rows of the case, in order of sequence.</param>
    /// <param name="length">How many there should be.</param>
    /// <param name="head">The hash of the last.</param>
    public static ChainVerdict Verify(IReadOnlyList<ChainedRow> rows, int length, string head)
    {
        var previous = Root;
        for (var index = 0; index < rows.Count; index++)
        {
            var row = rows[index];
            if (row.Sequence != index + 1) return new(false, $"row {index + 1} is missing");
            previous = Next(previous, row.Sequence, row.Content);
            if (previous != row.Hash) return new(false, $"row {row.Sequence} was changed");
        }

        if (rows.Count != length) return new(false, $"{length} rows were written, {rows.Count} are there");
        return previous == head ? new(true, $"{rows.Count} rows, unbroken") : new(false, "the head does not fit the rows");
    }
}

/// <summary>An audit row as the chain sees it.</summary>
public sealed record ChainedRow(int Sequence, string Content, string Hash);

/// <summary>Whether a chain holds, and the reason in words.</summary>
public sealed record ChainVerdict(bool Intact, string Finding);
