namespace PrivacyFunctions.Clock.Model;

/// <summary>Where a person lives, as far as the law there has a clock of its own. Numbers and names stay: cases have them.</summary>
public enum Residence
{
    /// <summary>They did not say, or it makes no difference: the clock of the European Union, which everybody was promised (L7).</summary>
    Elsewhere,

    /// <summary>The United Kingdom (L3).</summary>
    UnitedKingdom,

    /// <summary>California (L5, L11).</summary>
    California,
}
