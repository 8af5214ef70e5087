using Azure.Data.Tables;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Records;

/// <summary>Records of ours that are sealed at rest and told to their person, who has them opened.</summary>
internal interface ISealedRecords
{
    /// <summary>The table in which they lie.</summary>
    string TableName { get; }

    /// <summary>Opens what is sealed in a row of it, in the row itself.</summary>
    void Open(TableEntity row);

    /// <summary>The person's files that belong to a row which is not opened yet, in its order.</summary>
    IEnumerable<PersonalFile> FilesOf(TableEntity row) => [];
}
