using System.Collections.Immutable;

namespace PrivacyFunctions.DataMap;

/// <summary>What an erasure request does to the set (Art. 17 GDPR), with a sentence for the person.</summary>
/// <param name="Ground">Why it stays; set exactly for <see cref="ErasureAction.Retain"/> (Art. 17(3)).</param>
/// <param name="Clears">
/// The fields that lose their value, so that what is left names nobody (clause K-DISPOSE); some exactly for
/// <see cref="ErasureAction.Anonymise"/>.
/// </param>
internal sealed record Erasure(ErasureAction Action, string Words, string? Ground, ImmutableArray<string> Clears);

internal enum ErasureAction
{
    Erase,
    Anonymise,
    Retain,
}
