using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>Reaches the data sets of one kind of store.</summary>
internal interface IPersonalDataSource
{
    StoreKind Store { get; }

    /// <summary>
    /// Everything that the set holds about the person, as it is read: memory stays bounded however much there is. A
    /// table or container that does not exist is a fault, not an empty answer: the map says that it is there.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The set is not gathered for a person: service data, or excluded by the map.
    /// </exception>
    /// <exception cref="Azure.RequestFailedException">The store did not answer; trying again is safe.</exception>
    IAsyncEnumerable<PersonalRecord> ExportAsync(DataSet set, SubjectKeys subject, CancellationToken cancellation);
}
