using CsCheck;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases.Model;

[Clause("C-SECURE")]
public class AuditChainTests
{
    [Fact]
    public void Verify_Untouched_IsIntact() => Assert.True(Verify(Chain("a", "b", "c")).Intact);

    [Fact]
    public void Verify_Empty_IsIntact() => Assert.True(AuditChain.Verify([], 0, AuditChain.Root).Intact);

    [Fact]
    public void Verify_AnyOneChange_IsFoundAndNamed() =>
        Gen.Select(Gen.String.Array[2, 8], Gen.Int[0, 7], Gen.Int[0, 4]).Sample((contents, at, how) =>
        {
            var rows = Chain(contents).ToList();
            var (length, head) = (rows.Count, rows[^1].Hash);
            at %= rows.Count;
            switch (how)
            {
                case 0: rows[at] = rows[at] with { Content = rows[at].Content + "!" }; break;
                case 1: rows.RemoveAt(at); break;
                case 2: rows[at] = rows[at] with { Hash = AuditChain.Root }; break;
                case 3: rows.Add(new(length + 1, "added", AuditChain.Next(head, length + 1, "added"))); break;
                default: rows.Reverse(); break;
            }

            var verdict = AuditChain.Verify(rows, length, head);
            return !verdict.Intact && verdict.Finding.Length > 0;
        });

    /// <summary>Auditors read what is wrong, and where.</summary>
    [Fact]
    public void Verify_EachKindOfChange_NamesTheRow()
    {
        var rows = Chain("a", "b", "c");
        Assert.Equal("3 rows, unbroken", Verify(rows).Finding);
        Assert.Equal(
            "row 2 was changed",
            AuditChain.Verify([rows[0], rows[1] with { Content = "x" }, rows[2]], 3, rows[2].Hash).Finding);
        Assert.Equal("row 2 is missing", AuditChain.Verify([rows[0], rows[2]], 3, rows[2].Hash).Finding);
        Assert.Equal("3 rows were written, 2 are there", AuditChain.Verify(rows[..2], 3, rows[2].Hash).Finding);
        Assert.Equal(new(false, "the head does not fit the rows"), AuditChain.Verify(rows, 3, rows[1].Hash));
    }

    private static ChainedRow[] Chain(params string[] contents)
    {
        var head = AuditChain.Root;
        return [.. contents.Select((content, index) =>
            new ChainedRow(index + 1, content, head = AuditChain.Next(head, index + 1, content)))];
    }

    private static ChainVerdict Verify(ChainedRow[] rows) => AuditChain.Verify(rows, rows.Length, rows[^1].Hash);
}
