namespace PrivacyFunctions.DataMap;

/// <summary>Why the use is lawful (clause C-BASIS).</summary>
/// <param name="Words">The basis in plain words for this use.</param>
/// <param name="Interest">
/// The interest itself; set exactly for <see cref="LawfulBasis.LegitimateInterests"/> (Art. 13(1)(d)).
/// </param>
internal sealed record LegalBasis(LawfulBasis Article, string Words, string? Interest);

/// <summary>The letters of Art. 6(1) GDPR.</summary>
internal enum LawfulBasis
{
    Consent,
    Contract,
    LegalObligation,
    VitalInterests,
    PublicTask,
    LegitimateInterests,
}

internal static class LawfulBasisExtensions
{
    /// <summary>The citation as the map spells it: <c>6(1)(a)</c> to <c>6(1)(f)</c>.</summary>
    public static string Citation(this LawfulBasis basis) => $"6(1)({(char)('a' + (int)basis)})";
}
