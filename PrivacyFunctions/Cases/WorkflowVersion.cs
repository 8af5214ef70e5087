namespace PrivacyFunctions.Cases;

/// <summary>
/// Which code an orchestration was started with. It travels in its input, because a waiting one is replayed and must find the
/// way it went; host.json's defaultVersion is the current one, so that older code refuses what it does not know.
/// </summary>
internal static class WorkflowVersion
{
    /// <summary>The version that everything new starts with.</summary>
    public const string Current = "4";

    private const string First = "1";
    private const string Second = "2";
    private const string Third = "3";

    /// <summary>Whether it repeats steps in its own history, however long that grows.</summary>
    public static bool IsFirst(string version) => version == First;

    /// <summary>Whether it purges the data sets of an account one after the other, and looks for nothing that comes later.</summary>
    public static bool PurgesInOneStage(string version) => version is First or Second;

    /// <summary>Whether a request can be resumed until a day that is fixed when it is received, however late its person is told that they have to.</summary>
    public static bool ResumesByAFixedDay(string version) => version is First or Second or Third;

    /// <summary>Whether a night is copied, and read back, in one call.</summary>
    public static bool CopiesInOneCall(string version) => version is First or Second;
}
