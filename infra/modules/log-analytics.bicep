metadata description = 'The workspace that telemetry is kept in, entered with an identity only.'

@description('The name of the workspace.')
param name string

@description('The Azure region.')
param location string

@description('Tags of the resource.')
param tags object

@description('Days that telemetry is kept.')
@minValue(30)
@maxValue(90)
param retentionDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

output id string = workspace.id
