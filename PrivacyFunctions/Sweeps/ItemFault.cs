using Azure;
using Azure.Data.Tables.Models;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Sweeps;

/// <summary>Tells what is in the way of one record from a store that is away: the others must not wait for the former. Pure.</summary>
internal static class ItemFault
{
    // As Azure says of what holds all records of a set.
    private static readonly HashSet<string> OfAStore =
    [
        TableErrorCode.TableNotFound.ToString(), TableErrorCode.TableBeingDeleted.ToString(),
        BlobErrorCode.ContainerNotFound.ToString(), BlobErrorCode.ContainerBeingDeleted.ToString(),
        BlobErrorCode.AccountIsDisabled.ToString(),
    ];

    /// <summary>Whether that is wrong with one record: it is leased, archived or changed, or something that is stored says nothing usable.</summary>
    public static bool IsOfOne(Exception fault) => fault is RequestFailedException failure
        ? failure.Status is 400 or 404 or 409 or 412 && !OfAStore.Contains(failure.ErrorCode ?? "")
        : fault is InvalidDataException or KeyNotFoundException || CaseRow.IsUnreadable(fault);
}
