using Microsoft.Data.Sqlite;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>What becomes of databases that another version of the program wrote.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Open_DatabaseOfTheFormerEngine_IsRefusedInOneSentenceAndLeftAsItIs(int version)
    {
        var folder = Directory.CreateTempSubdirectory("pf-schema-");
        var path = Path.Combine(folder.FullName, "durable.db");
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                $"""
                CREATE TABLE SchemaVersions (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied INTEGER NOT NULL) STRICT;
                INSERT INTO SchemaVersions VALUES ({version}, 'of the former engine', 0);
                CREATE TABLE Instances (id TEXT NOT NULL PRIMARY KEY) STRICT;
                INSERT INTO Instances VALUES ('case-1');
                """;
            await command.ExecuteNonQueryAsync();
        }

        using (var database = new Database(path))
        {
            var refusal = Assert.Throws<StartUpProblem>(() => database.Open(EngineRun.Start));
            Assert.Equal(
                "The workflows in durable.db were written by an earlier version of this program in a format that this one cannot "
                + "continue: finish them with that version, or delete the local host's data folder to begin with an empty one.",
                refusal.Message);
        }

        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT id FROM Instances";
            Assert.Equal("case-1", await command.ExecuteScalarAsync());
        }

        folder.Delete(recursive: true);
    }
}
