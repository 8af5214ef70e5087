using Azure.Data.Tables;

namespace PrivacyFunctions.Records;

/// <summary>Records of ours that are sealed at rest and told to their person, who has them opened.</summary>
internal interface ISealedRecords
{
    /// <summary>The table in which they lie.</summary>
    string TableName { get; }

    /// <summary>Opens what is sealed in a row of it, in the row itself.</summary>
    void Open(TableEntity row);
}
