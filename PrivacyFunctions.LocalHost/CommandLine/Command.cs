using PrivacyFunctions.Callers;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>What the person asked for on the command line.</summary>
internal abstract record Command
{
    private Command()
    {
    }

    /// <summary>Everything: storage, outbox, app.</summary>
    /// <param name="Port">The app's, on 127.0.0.1; 0 takes any free one.</param>
    /// <param name="DeskPort">The outbox's and the time machine's; 0 takes any free one.</param>
    /// <param name="Data">The data folder, or null for the usual one.</param>
    /// <param name="CrashAt">Where the process kills itself, for a drill; see <see cref="Drill.CrashDrill"/>.</param>
    /// <param name="StopAtInputEnd">Whether the end of the standard input stops it, as a signal does.</param>
    /// <param name="Clock">Where the clock of a fresh data folder begins, UTC; null for real time.</param>
    /// <param name="Seeded">Whether the sample company is put into the storage.</param>
    /// <param name="Worker">The folder of a published function app, which then runs in a process of its own; null runs the app
    /// that this program was built with, in this process.</param>
    internal sealed record Run(
        int Port, int DeskPort, string? Data, string? CrashAt, bool StopAtInputEnd,
        DateTimeOffset? Clock = null, bool Seeded = true, string? Worker = null)
        : Command;

    /// <summary>The outbox alone, for a Functions host that runs elsewhere.</summary>
    /// <param name="StopAtInputEnd">Whether the end of the standard input stops it, as a signal does.</param>
    internal sealed record Outbox(int Port, string? Data, bool StopAtInputEnd) : Command;

    /// <summary>Fills the storage behind <paramref name="Storage"/>, a connection string, with the sample company.</summary>
    internal sealed record Seed(string Storage) : Command;

    /// <summary>Makes a key of an operator or a system.</summary>
    /// <param name="Where">Where it is kept.</param>
    internal sealed record CreateKey(Caller Caller, KeyStorage Where) : Command;

    /// <summary>Shows whose keys there are.</summary>
    internal sealed record ListKeys(KeyStorage Where) : Command;

    /// <summary>Revokes one key, by its number, or all keys of one caller, by their id.</summary>
    internal sealed record RevokeKeys(string? Number, string? CallerId, KeyStorage Where) : Command;

    /// <summary>The storage of the records that keys are in.</summary>
    /// <param name="Setting">As Records:Storage has it; null for that of a local host that runs.</param>
    /// <param name="Data">That host's data folder, or null for the usual one.</param>
    internal sealed record KeyStorage(string? Setting, string? Data);

    /// <param name="Text">What there is to ask for.</param>
    internal sealed record Help(string Text) : Command;

    /// <param name="Sentence">What is wrong with the arguments.</param>
    internal sealed record Mistake(string Sentence) : Command;
}
