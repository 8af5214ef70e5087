using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// Reaches the data sets of one kind of store. A table or container that does not exist is a fault, not an empty answer:
/// the map says that it is there. When a call fails with <see cref="Azure.RequestFailedException"/>, the store did not
/// answer or something changed at the same moment; trying again is safe.
/// </summary>
internal interface IPersonalDataSource
{
    StoreKind Store { get; }

    /// <summary>Everything within reach, as it is read: memory stays bounded however much there is.</summary>
    IAsyncEnumerable<PersonalRecord> ExportAsync(Reach reach, CancellationToken cancellation);

    /// <summary>
    /// What is within reach, told without its content, as it is listed. Items may be destroyed while the listing goes on.
    /// </summary>
    /// <exception cref="InvalidDataException">An item's anchor is there but is no instant.</exception>
    IAsyncEnumerable<FoundItem> FindAsync(Reach reach, CancellationToken cancellation);

    /// <summary>
    /// Puts a value right wherever it stands in that field within reach; a file can be taken out only. Done again, it changes nothing more.
    /// </summary>
    Task<CorrectedRecords> CorrectAsync(Reach reach, FieldCorrection correction, CancellationToken cancellation);

    /// <summary>
    /// Deletes the items. What is gone already, or has come to belong to somebody else since it was found, is left alone.
    /// </summary>
    /// <returns>How many were deleted just now.</returns>
    /// <exception cref="ArgumentException">An item is not within reach; nothing was deleted.</exception>
    Task<int> EraseAsync(Reach reach, IReadOnlyList<ItemKey> items, CancellationToken cancellation);

    /// <summary>
    /// Takes from the items the fields that the map clears and every key that names the person. Otherwise as
    /// <see cref="EraseAsync"/>: afterwards the items are no longer found.
    /// </summary>
    /// <param name="salt">
    /// Makes the new keys: the same one finishes what a crash interrupted. Whoever throws it away cuts the last link between
    /// what is left and the person.
    /// </param>
    Task<int> AnonymiseAsync(Reach reach, IReadOnlyList<ItemKey> items, byte[] salt, CancellationToken cancellation);
}
