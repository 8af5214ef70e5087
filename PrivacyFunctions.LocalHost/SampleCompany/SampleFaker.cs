using System.Buffers.Text;
using System.Text;
using Bogus;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>
/// A part's own source of chance: each part of the sample has a seed of its own, so that a change in one leaves the
/// others as they were.
/// </summary>
internal sealed class SampleFaker(int seed, DateTimeOffset midnight)
{
    public Faker Words { get; } = new() { Random = new Randomizer(seed) };

    public Randomizer Random => Words.Random;

    /// <summary>An instant, to the second, at least and at most so many days ago.</summary>
    public DateTimeOffset Ago(int leastDays, int mostDays) =>
        midnight.AddDays(-Random.Int(leastDays, mostDays)).AddSeconds(-Random.Int(0, 86_399));

    public bool Chance(float probability) => Random.Float() < probability;

    /// <summary>How the company makes a key of an address: base64url of its UTF-8 bytes, lower case.</summary>
    public static string Key(string address) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(address));
}
