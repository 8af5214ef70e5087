namespace PrivacyFunctions.Cases;

/// <summary>
/// Which code an orchestration was started with. It travels in its input, because a waiting one is replayed and must find the
/// way it went; host.json's defaultVersion is the current one, so that older code refuses what it does not know.
/// </summary>
internal static class WorkflowVersion
{
    /// <summary>The version that everything new starts with.</summary>
    public const string Current = "2";

    private const string First = "1";

    /// <summary>Whether it repeats steps in its own history, however long that grows.</summary>
    public static bool IsFirst(string version) => version == First;
}
