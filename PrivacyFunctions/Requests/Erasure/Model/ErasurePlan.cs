using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds.Model;

namespace PrivacyFunctions.Requests.Erasure.Model;

/// <summary>
/// What an erasure request would do, data set by data set, without personal data: counts, and digests that only the
/// person's sealed salt can check. An operator approves its hash.
/// </summary>
/// <param name="Case">For which request.</param>
/// <param name="At">The legal instant by which retention periods are judged.</param>
/// <param name="Nonce">Random: two plans never have the same hash, though they say the same.</param>
/// <param name="Lines">What happens, in the order in which it happens.</param>
public sealed record ErasurePlan(CaseId Case, DateTimeOffset At, string Nonce, IReadOnlyList<ErasureLine> Lines)
{
    private static readonly JsonSerializerOptions Canonical = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The lines that destroy something; at most one for each data set.</summary>
    [JsonIgnore]
    public IEnumerable<ErasureLine> Destroying => Lines.Where(line => line.Fate != ErasureFate.Retain);

    /// <summary>
    /// SHA-256 of its canonical JSON, in lower-case hexadecimal. It is another one as soon as an item, an action, a ground
    /// or a protection is.
    /// </summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Canonical)));

    /// <summary>How many items have that fate.</summary>
    public long Count(ErasureFate fate) => Lines.Where(line => line.Fate == fate).Sum(line => line.Items);
}

/// <summary>The items of one data set that share a fate and its ground.</summary>
/// <param name="DataSet">Which.</param>
/// <param name="Fate">What happens to them.</param>
/// <param name="Ground">Why they stay, if they do.</param>
/// <param name="Protection">The hold or restriction that keeps them, if one does.</param>
/// <param name="Items">How many.</param>
/// <param name="Digest">Which: see <see cref="ErasureDigest"/>.</param>
public sealed record ErasureLine(
    string DataSet, ErasureFate Fate, string? Ground, Hold? Protection, long Items, string Digest);

/// <summary>
/// A digest of a set of items in constant memory and in whatever order they come: the sum of their keyed hashes. Without
/// the salt it says nothing about any of them.
/// </summary>
/// <param name="salt">At least 16 random bytes, used for nothing else.</param>
public sealed class ErasureDigest(byte[] salt)
{
    private const int Bits = 256;
    private static readonly BigInteger Modulus = BigInteger.One << Bits;
    private BigInteger _sum;

    /// <summary>How many items were added.</summary>
    public long Items { get; private set; }

    /// <summary>The digest of what was added so far, as 64 hexadecimal digits.</summary>
    public string Value =>
        Convert.ToHexStringLower(_sum.ToByteArray(isUnsigned: true, isBigEndian: true)).PadLeft(Bits / 4, '0');

    /// <summary>Adds an item by its key.</summary>
    public void Add(string key)
    {
        var hash = HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(key));
        _sum = (_sum + new BigInteger(hash, isUnsigned: true)) % Modulus;
        Items++;
    }
}
