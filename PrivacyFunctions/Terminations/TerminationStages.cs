namespace PrivacyFunctions.Terminations;

/// <summary>The names of a termination's stages, which have instances of their own.</summary>
internal static class TerminationStages
{
    /// <summary>Destroys, and waits for holds.</summary>
    public const string Purge = "purge";

    /// <summary>Makes the owner's copy.</summary>
    public const string Package = "package";

    /// <summary>Looks whether everything stays gone, and waits for the backups.</summary>
    public const string AfterPurge = "after-purge";
}
