namespace PrivacyFunctions.DataMap;

/// <summary>What an erasure request does to the set (Art. 17 GDPR), with a sentence for the person.</summary>
/// <param name="Ground">Why it stays; set exactly for <see cref="ErasureAction.Retain"/> (Art. 17(3)).</param>
internal sealed record Erasure(ErasureAction Action, string Words, string? Ground);

internal enum ErasureAction
{
    Erase,
    Anonymise,
    Retain,
}
