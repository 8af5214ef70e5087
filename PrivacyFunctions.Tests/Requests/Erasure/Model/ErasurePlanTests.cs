using System.Security.Cryptography;
using System.Text;
using CsCheck;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Erasure.Model;

/// <summary>A plan's hash stands for everything in it, and a digest for a set of items.</summary>
[Clause("R-ERASE")]
public class ErasurePlanTests
{
    private static readonly byte[] Salt = Encoding.UTF8.GetBytes("a salt of thirty-two bytes......");
    private static readonly Hold Hold = new("h", HoldKind.Legal, null, "claim", "legal", new(2026, 9, 1));
    private static readonly ErasureLine Line = new("payments", ErasureFate.Retain, "tax law", Hold, 3, "00");

    private static readonly ErasurePlan Plan = new(
        CaseId.Parse("00112233445566778899aabbccddeeff"), new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), "n", [Line]);

    private static readonly Gen<string> Key = Gen.String[Gen.Char.AlphaNumeric, 0, 2];

    public static TheoryData<ErasurePlan> Others =>
    [
        Plan with { At = Plan.At.AddTicks(1) },
        Plan with { Nonce = "m" },
        Plan with { Lines = [] },
        Plan with { Lines = [Line, Line] },
        Plan with { Lines = [Line with { DataSet = "profiles" }] },
        Plan with { Lines = [Line with { Fate = ErasureFate.Erase }] },
        Plan with { Lines = [Line with { Ground = "another law" }] },
        Plan with { Lines = [Line with { Items = 4 }] },
        Plan with { Lines = [Line with { Digest = "01" }] },
        Plan with { Lines = [Line with { Protection = null }] },
        Plan with { Lines = [Line with { Protection = Hold with { Kind = HoldKind.Restriction } }] },
        Plan with { Lines = [Line with { Protection = Hold with { ReviewOn = new(2026, 9, 2) } }] },
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void Hash_AnythingElse_IsAnother(ErasurePlan other) => Assert.NotEqual(Plan.Hash(), other.Hash());

    [Fact]
    public void Hash_StoredAndReadBack_IsTheSame() =>
        Assert.Equal(Plan.Hash(), RecordJson.Read<ErasurePlan>(RecordJson.Write(Plan)).Hash());

    [Fact]
    public void Hash_OfThisVersion_IsOverTheTextAsPublished()
    {
        const string Text =
            """{"case":"00112233445566778899aabbccddeeff","at":"2026-03-02T09:00:00+00:00","nonce":"n","lines":[{"dataSet":"payments","fate":"retain","ground":"tax law","protection":{"id":"h","kind":"legalHold","ground":"claim","owner":"legal","reviewOn":"2026-09-01"},"items":3,"digest":"00"}]}""";
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text))), Plan.Hash());
    }

    [Fact]
    public void Digest_AnyItems_TellsSetsApartWhateverTheOrder() =>
        Gen.Select(Key.HashSet[0, 6], Key.HashSet[0, 6]).Sample((one, other) =>
            Digest(one).Value == Digest(one.Reverse()).Value
            && (Digest(one).Value == Digest(other).Value) == one.SetEquals(other)
            && Digest(one).Items == one.Count
            && Digest(one).Value.Length == 64);

    // Digests stand in plans that wait for their approval.
    [Fact]
    public void Digest_OfThisVersion_IsTheSumOfKeyedHashesAsPublished()
    {
        var hash = HMACSHA256.HashData(Salt, Encoding.UTF8.GetBytes("item"));
        Array.Reverse(hash);
        Assert.Equal(Convert.ToHexStringLower(hash), Digest(["item"]).Value);
        Assert.Equal(new string('0', 64), Digest([]).Value);
    }

    [Fact]
    public void Digest_AnotherSalt_IsAnother()
    {
        var other = new ErasureDigest(Encoding.UTF8.GetBytes("another salt of thirty-two bytes"));
        other.Add("item");
        Assert.NotEqual(Digest(["item"]).Value, other.Value);
    }

    private static ErasureDigest Digest(IEnumerable<string> keys)
    {
        var digest = new ErasureDigest(Salt);
        foreach (var key in keys) digest.Add(key);
        return digest;
    }
}
