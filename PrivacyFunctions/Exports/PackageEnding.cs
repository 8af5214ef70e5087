using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Exports;

/// <summary>Ends a package: it is deleted with what it was made from, the case says so, and whatever hangs on it follows. Doing so once more changes nothing.</summary>
internal sealed class PackageEnding(CaseStore cases, ExportFolder folder, IEnumerable<IAfterPackage> followers)
{
    /// <summary>Does so; whoever calls it knows that its time is over.</summary>
    public async Task EndAsync(CaseId id, CancellationToken cancellation)
    {
        await folder.DeleteAsync(id, cancellation);
        await cases.ExecuteAsync<Case>(id, "delete-export", Actors.System, ExportDecisions.NoteDeleted, [], cancellation);
        foreach (var follower in followers) await follower.EndAsync(id, cancellation);
    }
}
